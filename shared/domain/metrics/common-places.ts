/** Up to so many pairs of elements are looked through faster than a map is made. */
const SHORT = 1024;

/** For each element of `a` its place in `b`, from 0; −1 where `b` lacks it. An element stands at most once in a list. */
export function commonPlaces<T>(a: ArrayLike<T>, b: ArrayLike<T>): Int32Array {
  return a.length * b.length <= SHORT ? bySearch(a, b) : byMap(a, b);
}

function bySearch<T>(a: ArrayLike<T>, b: ArrayLike<T>): Int32Array {
  const places = new Int32Array(a.length);
  for (let at = 0; at < a.length; at += 1) {
    let place = b.length - 1;
    while (place >= 0 && b[place] !== a[at]) place -= 1;
    places[at] = place;
  }
  return places;
}

function byMap<T>(a: ArrayLike<T>, b: ArrayLike<T>): Int32Array {
  const placeInB = new Map<T, number>(Array.from(b, (element, place) => [element, place]));
  return Int32Array.from({ length: a.length }, (_, at) => {
    const element = a[at];
    return element === undefined ? -1 : (placeInB.get(element) ?? -1);
  });
}
