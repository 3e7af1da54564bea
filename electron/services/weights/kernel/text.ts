/**
 * The inner loops over float32, in WebAssembly text, because engines give JavaScript no four values at a time. Sums are
 * float64. Addresses and lengths are in bytes of the one memory, `columns` in values. Conditions stand at the end of
 * loops, so each is entered only where there is something to do.
 */
export const KERNEL_TEXT = `
(module
  (memory 256)

  ;; Rows of values: the sum of squares of each row at $norms, and of all at $out as float64: sum, squares, min, max, zeros.
  (func $sumRows
    (param $at i32) (param $rows i32) (param $columns i32) (param $norms i32) (param $out i32)
    (local $end i32) (local $vectors i32) (local $rest i32) (local $single i32)
    (local $v v128) (local $a v128) (local $b v128) (local $sum0 v128) (local $sum1 v128)
    (local $squares0 v128) (local $squares1 v128) (local $min v128) (local $max v128) (local $zeros v128)
    (local $x f64) (local $sum f64) (local $row f64) (local $squares f64)
    (local.set $min (f32x4.splat (f32.const Infinity)))
    (local.set $max (f32x4.splat (f32.const -Infinity)))
    (local.set $vectors (i32.and (i32.shl (local.get $columns) (i32.const 2)) (i32.const -16)))
    (local.set $rest (i32.and (i32.shl (local.get $columns) (i32.const 2)) (i32.const 15)))
    (loop $nextRow
      (local.set $row (f64.const 0))
      (local.set $squares0 (v128.zero))
      (local.set $squares1 (v128.zero))
      (local.set $end (i32.add (local.get $at) (local.get $vectors)))
      (if (i32.lt_u (local.get $at) (local.get $end)) (then
        (loop $nextFour
          (local.set $v (v128.load (local.get $at)))
          (local.set $a (f64x2.promote_low_f32x4 (local.get $v)))
          (local.set $b (f64x2.promote_low_f32x4
            (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $v) (local.get $v))))
          (local.set $sum0 (f64x2.add (local.get $sum0) (local.get $a)))
          (local.set $sum1 (f64x2.add (local.get $sum1) (local.get $b)))
          (local.set $squares0 (f64x2.add (local.get $squares0) (f64x2.mul (local.get $a) (local.get $a))))
          (local.set $squares1 (f64x2.add (local.get $squares1) (f64x2.mul (local.get $b) (local.get $b))))
          (local.set $min (f32x4.pmin (local.get $min) (local.get $v)))
          (local.set $max (f32x4.pmax (local.get $max) (local.get $v)))
          (local.set $zeros (i32x4.sub (local.get $zeros) (f32x4.eq (local.get $v) (v128.zero))))
          (local.set $at (i32.add (local.get $at) (i32.const 16)))
          (br_if $nextFour (i32.lt_u (local.get $at) (local.get $end))))))
      (local.set $end (i32.add (local.get $at) (local.get $rest)))
      (if (i32.lt_u (local.get $at) (local.get $end)) (then
        (loop $nextOne
          (local.set $v (v128.load32_splat (local.get $at)))
          (local.set $x (f64.promote_f32 (f32.load (local.get $at))))
          (local.set $sum (f64.add (local.get $sum) (local.get $x)))
          (local.set $row (f64.add (local.get $row) (f64.mul (local.get $x) (local.get $x))))
          (local.set $min (f32x4.pmin (local.get $min) (local.get $v)))
          (local.set $max (f32x4.pmax (local.get $max) (local.get $v)))
          (local.set $single (i32.add (local.get $single) (f64.eq (local.get $x) (f64.const 0))))
          (local.set $at (i32.add (local.get $at) (i32.const 4)))
          (br_if $nextOne (i32.lt_u (local.get $at) (local.get $end))))))
      (local.set $squares0 (f64x2.add (local.get $squares0) (local.get $squares1)))
      (local.set $row (f64.add (local.get $row) (f64.add
        (f64x2.extract_lane 0 (local.get $squares0)) (f64x2.extract_lane 1 (local.get $squares0)))))
      (f64.store (local.get $norms) (local.get $row))
      (local.set $norms (i32.add (local.get $norms) (i32.const 8)))
      (local.set $squares (f64.add (local.get $squares) (local.get $row)))
      (local.set $rows (i32.sub (local.get $rows) (i32.const 1)))
      (br_if $nextRow (local.get $rows)))
    (local.set $sum0 (f64x2.add (local.get $sum0) (local.get $sum1)))
    (f64.store offset=0 (local.get $out) (f64.add (local.get $sum) (f64.add
      (f64x2.extract_lane 0 (local.get $sum0)) (f64x2.extract_lane 1 (local.get $sum0)))))
    (f64.store offset=8 (local.get $out) (local.get $squares))
    (local.set $min (f32x4.pmin (local.get $min)
      (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $min) (local.get $min))))
    (local.set $min (f32x4.pmin (local.get $min)
      (i8x16.shuffle 4 5 6 7 4 5 6 7 4 5 6 7 4 5 6 7 (local.get $min) (local.get $min))))
    (f64.store offset=16 (local.get $out) (f64.promote_f32 (f32x4.extract_lane 0 (local.get $min))))
    (local.set $max (f32x4.pmax (local.get $max)
      (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $max) (local.get $max))))
    (local.set $max (f32x4.pmax (local.get $max)
      (i8x16.shuffle 4 5 6 7 4 5 6 7 4 5 6 7 4 5 6 7 (local.get $max) (local.get $max))))
    (f64.store offset=24 (local.get $out) (f64.promote_f32 (f32x4.extract_lane 0 (local.get $max))))
    (f64.store offset=32 (local.get $out) (f64.convert_i32_u (i32.add (local.get $single) (i32.add
      (i32.add (i32x4.extract_lane 0 (local.get $zeros)) (i32x4.extract_lane 1 (local.get $zeros)))
      (i32.add (i32x4.extract_lane 2 (local.get $zeros)) (i32x4.extract_lane 3 (local.get $zeros))))))))

  ;; Counts the upper half of each value's bits in 65,536 numbers at $table.
  (func $countDigits (param $at i32) (param $end i32) (param $table i32)
    (local $place i32)
    (loop $next
      (local.set $place (i32.add (local.get $table)
        (i32.and (i32.shr_u (i32.load (local.get $at)) (i32.const 14)) (i32.const 262140))))
      (i32.store (local.get $place) (i32.add (i32.load (local.get $place)) (i32.const 1)))
      (local.set $at (i32.add (local.get $at) (i32.const 4)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $end)))))

  ;; Copies to $out the values whose upper half has some bit of $mask at $look. Answers where they end. Every value is
  ;; written and the place moves on only for those wanted, because a branch would be guessed wrong too often.
  (func $select
    (param $at i32) (param $end i32) (param $look i32) (param $mask i32) (param $out i32) (result i32)
    (local $word i32)
    (loop $next
      (local.set $word (i32.load (local.get $at)))
      (i32.store (local.get $out) (local.get $word))
      (local.set $out (i32.add (local.get $out) (i32.shl (i32.ne (i32.const 0) (i32.and (local.get $mask)
        (i32.load8_u (i32.add (local.get $look) (i32.shr_u (local.get $word) (i32.const 16)))))) (i32.const 2))))
      (local.set $at (i32.add (local.get $at) (i32.const 4)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $end))))
    (local.get $out))

  ;; Counts finite values in 64 numbers at $table by the 65 float64 at $edges, the last of them above every value.
  (func $countBins (param $at i32) (param $end i32) (param $edges i32) (param $scale f64) (param $table i32)
    (local $edge i32) (local $off i32) (local $x f64) (local $from f64)
    (local.set $from (f64.load (local.get $edges)))
    (loop $next
      (local.set $x (f64.promote_f32 (f32.load (local.get $at))))
      (local.set $edge (i32.add (local.get $edges) (i32.shl (i32.trunc_f64_u (f64.max (f64.const 0) (f64.min
        (f64.const 63) (f64.mul (f64.sub (local.get $x) (local.get $from)) (local.get $scale))))) (i32.const 3))))
      (loop $down
        (local.set $off (i32.and (i32.lt_u (local.get $edges) (local.get $edge))
          (f64.lt (local.get $x) (f64.load (local.get $edge)))))
        (local.set $edge (i32.sub (local.get $edge) (i32.shl (local.get $off) (i32.const 3))))
        (br_if $down (local.get $off)))
      (loop $up
        (local.set $off (f64.ge (local.get $x) (f64.load offset=8 (local.get $edge))))
        (local.set $edge (i32.add (local.get $edge) (i32.shl (local.get $off) (i32.const 3))))
        (br_if $up (local.get $off)))
      (local.set $edge (i32.add (local.get $table)
        (i32.shr_u (i32.sub (local.get $edge) (local.get $edges)) (i32.const 1))))
      (i32.store (local.get $edge) (i32.add (i32.load (local.get $edge)) (i32.const 1)))
      (local.set $at (i32.add (local.get $at) (i32.const 4)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $end)))))

  ;; Rows of values: the product of each row with the $columns float64 at $query, and the row's sum of squares, as pairs
  ;; of float64 at $out.
  (func $productsOfRows
    (param $at i32) (param $rows i32) (param $columns i32) (param $query i32) (param $out i32)
    (local $end i32) (local $vectors i32) (local $rest i32) (local $q i32)
    (local $v v128) (local $a v128) (local $b v128)
    (local $product0 v128) (local $product1 v128) (local $squares0 v128) (local $squares1 v128)
    (local $x f64) (local $product f64) (local $squares f64)
    (local.set $vectors (i32.and (i32.shl (local.get $columns) (i32.const 2)) (i32.const -16)))
    (local.set $rest (i32.and (i32.shl (local.get $columns) (i32.const 2)) (i32.const 15)))
    (loop $nextRow
      (local.set $q (local.get $query))
      (local.set $product (f64.const 0))
      (local.set $squares (f64.const 0))
      (local.set $product0 (v128.zero))
      (local.set $product1 (v128.zero))
      (local.set $squares0 (v128.zero))
      (local.set $squares1 (v128.zero))
      (local.set $end (i32.add (local.get $at) (local.get $vectors)))
      (if (i32.lt_u (local.get $at) (local.get $end)) (then
        (loop $nextFour
          (local.set $v (v128.load (local.get $at)))
          (local.set $a (f64x2.promote_low_f32x4 (local.get $v)))
          (local.set $b (f64x2.promote_low_f32x4
            (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $v) (local.get $v))))
          (local.set $product0 (f64x2.add (local.get $product0)
            (f64x2.mul (local.get $a) (v128.load (local.get $q)))))
          (local.set $product1 (f64x2.add (local.get $product1)
            (f64x2.mul (local.get $b) (v128.load offset=16 (local.get $q)))))
          (local.set $squares0 (f64x2.add (local.get $squares0) (f64x2.mul (local.get $a) (local.get $a))))
          (local.set $squares1 (f64x2.add (local.get $squares1) (f64x2.mul (local.get $b) (local.get $b))))
          (local.set $q (i32.add (local.get $q) (i32.const 32)))
          (local.set $at (i32.add (local.get $at) (i32.const 16)))
          (br_if $nextFour (i32.lt_u (local.get $at) (local.get $end))))))
      (local.set $end (i32.add (local.get $at) (local.get $rest)))
      (if (i32.lt_u (local.get $at) (local.get $end)) (then
        (loop $nextOne
          (local.set $x (f64.promote_f32 (f32.load (local.get $at))))
          (local.set $product (f64.add (local.get $product)
            (f64.mul (local.get $x) (f64.load (local.get $q)))))
          (local.set $squares (f64.add (local.get $squares) (f64.mul (local.get $x) (local.get $x))))
          (local.set $q (i32.add (local.get $q) (i32.const 8)))
          (local.set $at (i32.add (local.get $at) (i32.const 4)))
          (br_if $nextOne (i32.lt_u (local.get $at) (local.get $end))))))
      (local.set $product0 (f64x2.add (local.get $product0) (local.get $product1)))
      (local.set $squares0 (f64x2.add (local.get $squares0) (local.get $squares1)))
      (f64.store offset=0 (local.get $out) (f64.add (local.get $product) (f64.add
        (f64x2.extract_lane 0 (local.get $product0)) (f64x2.extract_lane 1 (local.get $product0)))))
      (f64.store offset=8 (local.get $out) (f64.add (local.get $squares) (f64.add
        (f64x2.extract_lane 0 (local.get $squares0)) (f64x2.extract_lane 1 (local.get $squares0)))))
      (local.set $out (i32.add (local.get $out) (i32.const 16)))
      (local.set $rows (i32.sub (local.get $rows) (i32.const 1)))
      (br_if $nextRow (local.get $rows))))

  ;; Rows in two versions, $apart bytes from each other: the squares of each row's difference at $norms, and of all at
  ;; $out as float64: squares of the difference, of either version, products, the largest change.
  (func $compareRows
    (param $at i32) (param $apart i32) (param $rows i32) (param $columns i32) (param $norms i32) (param $out i32)
    (local $end i32) (local $vectors i32) (local $rest i32)
    (local $v v128) (local $w v128) (local $a v128) (local $b v128) (local $d v128)
    (local $before v128) (local $after v128) (local $products v128) (local $row v128) (local $largest v128)
    (local $x f64) (local $y f64) (local $z f64) (local $squares f64)
    (local $before1 f64) (local $after1 f64) (local $products1 f64) (local $row1 f64) (local $largest1 f64)
    (local.set $vectors (i32.and (i32.shl (local.get $columns) (i32.const 2)) (i32.const -16)))
    (local.set $rest (i32.and (i32.shl (local.get $columns) (i32.const 2)) (i32.const 15)))
    (loop $nextRow
      (local.set $row (v128.zero))
      (local.set $row1 (f64.const 0))
      (local.set $end (i32.add (local.get $at) (local.get $vectors)))
      (if (i32.lt_u (local.get $at) (local.get $end)) (then
        (loop $nextFour
          (local.set $v (v128.load (local.get $at)))
          (local.set $w (v128.load (i32.add (local.get $at) (local.get $apart))))
          (local.set $a (f64x2.promote_low_f32x4 (local.get $v)))
          (local.set $b (f64x2.promote_low_f32x4 (local.get $w)))
          (local.set $d (f64x2.sub (local.get $b) (local.get $a)))
          (local.set $before (f64x2.add (local.get $before) (f64x2.mul (local.get $a) (local.get $a))))
          (local.set $after (f64x2.add (local.get $after) (f64x2.mul (local.get $b) (local.get $b))))
          (local.set $products (f64x2.add (local.get $products) (f64x2.mul (local.get $a) (local.get $b))))
          (local.set $row (f64x2.add (local.get $row) (f64x2.mul (local.get $d) (local.get $d))))
          (local.set $largest (f64x2.pmax (local.get $largest) (f64x2.abs (local.get $d))))
          (local.set $a (f64x2.promote_low_f32x4
            (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $v) (local.get $v))))
          (local.set $b (f64x2.promote_low_f32x4
            (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $w) (local.get $w))))
          (local.set $d (f64x2.sub (local.get $b) (local.get $a)))
          (local.set $before (f64x2.add (local.get $before) (f64x2.mul (local.get $a) (local.get $a))))
          (local.set $after (f64x2.add (local.get $after) (f64x2.mul (local.get $b) (local.get $b))))
          (local.set $products (f64x2.add (local.get $products) (f64x2.mul (local.get $a) (local.get $b))))
          (local.set $row (f64x2.add (local.get $row) (f64x2.mul (local.get $d) (local.get $d))))
          (local.set $largest (f64x2.pmax (local.get $largest) (f64x2.abs (local.get $d))))
          (local.set $at (i32.add (local.get $at) (i32.const 16)))
          (br_if $nextFour (i32.lt_u (local.get $at) (local.get $end))))))
      (local.set $end (i32.add (local.get $at) (local.get $rest)))
      (if (i32.lt_u (local.get $at) (local.get $end)) (then
        (loop $nextOne
          (local.set $x (f64.promote_f32 (f32.load (local.get $at))))
          (local.set $y (f64.promote_f32 (f32.load (i32.add (local.get $at) (local.get $apart)))))
          (local.set $z (f64.sub (local.get $y) (local.get $x)))
          (local.set $before1 (f64.add (local.get $before1) (f64.mul (local.get $x) (local.get $x))))
          (local.set $after1 (f64.add (local.get $after1) (f64.mul (local.get $y) (local.get $y))))
          (local.set $products1 (f64.add (local.get $products1) (f64.mul (local.get $x) (local.get $y))))
          (local.set $row1 (f64.add (local.get $row1) (f64.mul (local.get $z) (local.get $z))))
          (local.set $largest1 (f64.max (local.get $largest1) (f64.abs (local.get $z))))
          (local.set $at (i32.add (local.get $at) (i32.const 4)))
          (br_if $nextOne (i32.lt_u (local.get $at) (local.get $end))))))
      (local.set $row1 (f64.add (local.get $row1) (f64.add
        (f64x2.extract_lane 0 (local.get $row)) (f64x2.extract_lane 1 (local.get $row)))))
      (f64.store (local.get $norms) (local.get $row1))
      (local.set $norms (i32.add (local.get $norms) (i32.const 8)))
      (local.set $squares (f64.add (local.get $squares) (local.get $row1)))
      (local.set $rows (i32.sub (local.get $rows) (i32.const 1)))
      (br_if $nextRow (local.get $rows)))
    (f64.store offset=0 (local.get $out) (local.get $squares))
    (f64.store offset=8 (local.get $out) (f64.add (local.get $before1) (f64.add
      (f64x2.extract_lane 0 (local.get $before)) (f64x2.extract_lane 1 (local.get $before)))))
    (f64.store offset=16 (local.get $out) (f64.add (local.get $after1) (f64.add
      (f64x2.extract_lane 0 (local.get $after)) (f64x2.extract_lane 1 (local.get $after)))))
    (f64.store offset=24 (local.get $out) (f64.add (local.get $products1) (f64.add
      (f64x2.extract_lane 0 (local.get $products)) (f64x2.extract_lane 1 (local.get $products)))))
    (f64.store offset=32 (local.get $out) (f64.max (local.get $largest1) (f64.max
      (f64x2.extract_lane 0 (local.get $largest)) (f64x2.extract_lane 1 (local.get $largest))))))

  ;; Counts changes by sign and exponent of their float64 in 4,096 numbers at $table; no change has exponent 0.
  (func $countChanges (param $at i32) (param $apart i32) (param $end i32) (param $table i32)
    (local $place i32)
    (loop $next
      (local.set $place (i32.add (local.get $table) (i32.shl (i32.wrap_i64 (i64.shr_u (i64.reinterpret_f64 (f64.sub
        (f64.promote_f32 (f32.load (i32.add (local.get $at) (local.get $apart))))
        (f64.promote_f32 (f32.load (local.get $at))))) (i64.const 52))) (i32.const 2))))
      (i32.store (local.get $place) (i32.add (i32.load (local.get $place)) (i32.const 1)))
      (local.set $at (i32.add (local.get $at) (i32.const 4)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $end))))))
`;
