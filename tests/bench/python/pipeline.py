"""The replay of two releases in Python, the peer that `npm run bench -- replay` measures against.

    python3 pipeline.py SNAPSHOT BASELINE CANDIDATE TOP_K THREADS

BASELINE and CANDIDATE are folders with layers.json and layers.bin, as tests/bench/python.ts writes them. Reads the
snapshot with sqlite3, infers with torch, ranks and measures with numpy, many requests at a time; every request must
have the same number of candidates. It does less than Stateside: no outcome of each request, no off-policy estimates,
no reliability of heads, no kinds of items, no digest. Prints one JSON document.
"""

import json
import sqlite3
import sys
import time

import numpy as np
import torch

ROWS = 4096
P = 0.9


def open_model(folder):
    with open(f"{folder}/layers.json") as file:
        described = json.load(file)
    flat = np.fromfile(f"{folder}/layers.bin", dtype="<f4")
    tensors, at = {}, 0
    for name, shape in described["tensors"]:
        size = int(np.prod(shape))
        tensors[name] = torch.from_numpy(flat[at : at + size].reshape(shape).copy())
        at += size
    hidden = [(tensors[f"h{i}_w"], tensors[f"h{i}_b"]) for i in range(described["hidden"])]
    # one matrix for all heads, which is faster than a product for each
    names = [name for name, _ in described["heads"]]
    heads = torch.cat([tensors[f"p_{name}_w"] for name in names], dim=1)
    biases = torch.cat([tensors[f"p_{name}_b"] for name in names])
    return hidden, heads, biases, np.array([weight for _, weight in described["heads"]], dtype=np.float64)


def infer(model, features):
    hidden, heads, biases, _ = model
    with torch.inference_mode():
        rows = torch.from_numpy(features)
        for weights, bias in hidden:
            rows = torch.relu_(torch.addmm(bias, rows, weights))
        return torch.sigmoid_(torch.addmm(biases, rows, heads)).numpy()


def score(outputs, weights):
    total = np.zeros(outputs.shape[0])
    for head in range(outputs.shape[1]):
        total += weights[head] * outputs[:, head].astype(np.float64)
    return total


class Means:
    """Sums and counts of every measure, over requests that say something."""

    def __init__(self):
        self.sums, self.counts = {}, {}

    def add(self, name, baseline, candidate=None):
        sides = [baseline] if candidate is None else [baseline, candidate]
        known = ~np.isnan(sides[0]) if candidate is None else ~(np.isnan(baseline) | np.isnan(candidate))
        sums = self.sums.setdefault(name, np.zeros(len(sides)))
        for side, values in enumerate(sides):
            sums[side] += values[known].sum()
        self.counts[name] = self.counts.get(name, 0) + int(known.sum())

    def measures(self):
        rows = {}
        for name, sums in self.sums.items():
            count = self.counts[name]
            if count == 0:
                rows[name] = [None, None, None]
                continue
            means = (sums / count).tolist()
            rows[name] = [None, None, means[0]] if len(means) == 1 else [*means, means[1] - means[0]]
        return rows


def compare(a, b, candidates, depths, means):
    """How two feeds [requests, k] of candidate indexes differ."""
    requests, k = a.shape
    ranks = np.arange(k)
    places = np.full((2, requests, candidates), k)
    np.put_along_axis(places[0], a, ranks[None, :], axis=1)
    np.put_along_axis(places[1], b, ranks[None, :], axis=1)
    deepest = places.max(axis=0)
    shared = np.stack([(deepest < depth).sum(axis=1) for depth in range(1, k + 1)], axis=1)
    for depth in depths:
        means.add(f"overlap@{depth}", shared[:, depth - 1] / depth)
    power = P ** np.arange(1, k + 1)
    distance = (power * (1 - shared / np.arange(1, k + 1))).sum(axis=1)
    rbo = 1 - ((1 - P) / P * distance + P**k * (1 - shared[:, -1] / k))
    means.add("rbo", np.maximum(0, rbo))
    other = np.take_along_axis(places[1], a, axis=1)
    common = other < k
    n = common.sum(axis=1)
    turned = (other[:, :, None] > other[:, None, :]) & common[:, :, None] & common[:, None, :]
    discordant = np.triu(turned, 1).sum(axis=(1, 2))
    with np.errstate(invalid="ignore", divide="ignore"):
        means.add("kendall_tau", np.where(n < 2, np.nan, 1 - 4 * discordant / (n * (n - 1))))
    moves = np.where(common, np.abs(other - ranks), 0)
    means.add("first_changed", (a[:, 0] != b[:, 0]).astype(float))
    means.add("largest_move", moves.max(axis=1).astype(float))
    means.add("mean_move", moves.sum(axis=1) / np.maximum(1, n))


def of_feed(feed, known, depths):
    """Every measure of one feed, by name."""
    k = feed.shape[1]
    ranks = np.arange(1, k + 1)
    discount = 1 / np.log2(ranks + 1)
    gains = np.take_along_axis(known["gain"], feed, axis=1)
    relevant = gains > 0
    found = relevant.cumsum(axis=1)
    total = known["relevant"]
    none = total == 0
    labelled = np.take_along_axis(known["labelled"], feed, axis=1)
    negative = np.take_along_axis(known["negative"], feed, axis=1)
    network = np.take_along_axis(known["in_network"], feed, axis=1)
    played = np.take_along_axis(known["played"], feed, axis=1)
    categories = np.take_along_axis(known["category"], feed, axis=1)
    rows = {}
    with np.errstate(invalid="ignore", divide="ignore"):
        rows["mrr"] = np.where(none, np.nan, np.where(relevant.any(axis=1), 1 / (relevant.argmax(axis=1) + 1), 0))
        for depth in depths:
            at = f"@{depth}"
            ideal = (known["best"][:, :depth] / np.log2(np.arange(2, known["best"][:, :depth].shape[1] + 2))).sum(axis=1)
            rows["ndcg" + at] = np.where(none, np.nan, (gains[:, :depth] * discount[:depth]).sum(axis=1) / ideal)
            hits = np.where(relevant, found / ranks, 0)[:, :depth].sum(axis=1)
            rows["map" + at] = np.where(none, np.nan, hits / total)
            rows["precision" + at] = np.where(none, np.nan, found[:, depth - 1] / depth)
            rows["recall" + at] = np.where(none, np.nan, found[:, depth - 1] / total)
            whole = known["played"].sum(axis=1)
            rows["play_time" + at] = np.where(whole == 0, np.nan, played[:, :depth].sum(axis=1) / whole)
            rows["prevalence" + at] = labelled[:, :depth].mean(axis=1)
            rows["any_labelled" + at] = labelled[:, :depth].max(axis=1)
            exposed = (labelled[:, :depth] * discount[:depth]).sum(axis=1)
            rows["labelled_exposure" + at] = exposed / discount[:depth].sum()
            seen = ~np.isnan(negative[:, :depth])
            rows["negative_feedback" + at] = np.nansum(negative[:, :depth], axis=1) / np.where(seen.any(axis=1), seen.sum(axis=1), np.nan)
            rows["in_network" + at] = network[:, :depth].mean(axis=1)
            rows["category_entropy" + at] = entropy(categories[:, :depth])
    return rows


def entropy(kinds):
    """Of the kinds in each row; −1 is no kind."""
    sorted_kinds = np.sort(kinds, axis=1)
    counts = (sorted_kinds[:, :, None] == sorted_kinds[:, None, :]).sum(axis=2)
    known = sorted_kinds >= 0
    total = known.sum(axis=1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        bits = np.where(known, np.log2(counts / total) / total, 0)
    return np.where(total[:, 0] == 0, np.nan, np.abs(-bits.sum(axis=1)))


def gini(amounts):
    ordered = np.sort(amounts)
    n = len(ordered)
    total = ordered.sum()
    return None if total == 0 else float(((2 * np.arange(1, n + 1) - n - 1) * ordered).sum() / (n * total))


def main(path, baseline, candidate, k, threads):
    torch.set_num_threads(threads)
    models = [open_model(baseline), open_model(candidate)]
    alike = open(f"{baseline}/layers.bin", "rb").read() == open(f"{candidate}/layers.bin", "rb").read()
    depths = sorted({depth for depth in (5, 10, 20) if depth < k} | {k})
    started = time.perf_counter()
    database = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    width = database.execute("SELECT count(*) FROM feature").fetchone()[0]
    signals = database.execute("SELECT name, kind, polarity FROM signal ORDER BY position").fetchall()
    positive = [at for at, (_, kind, polarity) in enumerate(signals) if kind == "binary" and polarity == 1]
    harmful = [at for at, (_, kind, polarity) in enumerate(signals) if kind == "binary" and polarity == -1]
    play = [name for name, _, _ in signals].index("play_time_ms")

    items = database.execute("SELECT item_id, author_id, category FROM item ORDER BY item_id").fetchall()
    item_ids = np.array([item for item, _, _ in items])
    author_of = {name: at for at, name in enumerate(sorted({author for _, author, _ in items if author is not None}))}
    authors = np.array([author_of.get(author, -1) for _, author, _ in items])
    category_of = {name: at for at, name in enumerate(sorted({kind for _, _, kind in items if kind is not None}))}
    categories = np.array([category_of.get(kind, -1) for _, _, kind in items])
    labels = sorted({label for (label,) in database.execute("SELECT DISTINCT label FROM item_label")})
    carries = np.zeros((len(labels), len(items)), dtype=bool)
    for item, label in database.execute("SELECT item_id, label FROM item_label"):
        carries[labels.index(label), np.searchsorted(item_ids, item)] = True
    any_label = carries.any(axis=0)

    means = Means()
    users = {}
    shown = np.zeros((2, len(items)), dtype=bool)
    exposure = np.zeros((2, len(author_of)))
    offered = np.zeros(len(author_of), dtype=bool)
    met = np.zeros(len(labels), dtype=bool)
    place_worth = np.round(1 / np.log2(np.arange(2, k + 2)) * 2**20) / 2**20
    done = 0
    requests = database.execute("SELECT user_id, candidate_count, features, feedback FROM request ORDER BY request_id")
    rows = database.cursor().execute("SELECT item_id, in_network FROM candidate ORDER BY request_id, ordinal")
    first = requests.fetchone()
    waiting = [] if first is None else [first]
    per_request = 0 if first is None else first[1]
    block = max(1, ROWS // max(1, per_request))
    while True:
        waiting += requests.fetchmany(block - len(waiting))
        if not waiting:
            break
        n = len(waiting)
        if any(row[1] != per_request for row in waiting):
            raise SystemExit("every request must have the same number of candidates")
        features = np.frombuffer(bytearray().join(row[2] for row in waiting), dtype="<f4").reshape(-1, width)
        feedback = np.frombuffer(b"".join(row[3] for row in waiting), dtype="<f4").reshape(n, per_request, len(signals))
        listed = np.array(rows.fetchmany(n * per_request), dtype=np.int64)
        ids = listed[:, 0].reshape(n, per_request)
        index = np.searchsorted(item_ids, ids)

        outputs = [infer(models[0], features)]
        outputs.append(outputs[0] if alike else infer(models[1], features))
        feeds = []
        for model, heads in zip(models, outputs):
            scores = score(heads, model[3]).reshape(n, per_request)
            feeds.append(np.lexsort((ids, -scores), axis=1)[:, :k])

        given = feedback >= 0.5
        observed = ~np.isnan(feedback)
        bad = np.where(observed[:, :, harmful].any(axis=2), given[:, :, harmful].any(axis=2).astype(float), np.nan)
        seen = observed[:, :, positive + harmful].any(axis=2)
        relevance = np.where(bad == 1, 0, given[:, :, positive].sum(axis=2))
        gain = np.where(seen, relevance, 0).astype(np.float64)
        amounts = np.nan_to_num(feedback[:, :, play].astype(np.float64), nan=0.0)
        known = {
            "gain": gain,
            "relevant": (gain > 0).sum(axis=1),
            "best": -np.sort(-gain, axis=1),
            "negative": bad,
            "played": np.maximum(amounts, 0),
            "labelled": any_label[index].astype(np.float64),
            "in_network": listed[:, 1].reshape(n, per_request).astype(np.float64),
            "category": categories[index],
        }
        compare(feeds[0], feeds[1], per_request, depths, means)
        both = [of_feed(feed, known, depths) for feed in feeds]
        for name in both[0]:
            means.add(name, both[0][name], both[1][name])
        for at, label in enumerate(labels):
            marked = carries[at][index]
            met[at] |= marked.any()
            of = [np.take_along_axis(marked, feed, axis=1) for feed in feeds]
            for depth in depths:
                means.add(f"prevalence@{depth}:{label}", of[0][:, :depth].mean(axis=1), of[1][:, :depth].mean(axis=1))

        offered[np.unique(authors[index][authors[index] >= 0])] = True
        share = []
        for side, feed in enumerate(feeds):
            items_shown = np.take_along_axis(index, feed, axis=1)
            shown[side, items_shown] = True
            whose = authors[items_shown]
            worth = np.broadcast_to(place_worth[: feed.shape[1]], whose.shape)
            np.add.at(exposure[side], whose[whose >= 0], worth[whose >= 0])
            share.append(any_label[items_shown].mean(axis=1))
        for at, row in enumerate(waiting):
            user = users.setdefault(row[0], [0, 0.0, 0.0])
            user[0] += 1
            user[1] += share[0][at]
            user[2] += share[1][at]
        done += n
        waiting = []

    measures = {name: row for name, row in means.measures().items() if ":" not in name or met[labels.index(name.split(":")[1])]}

    def sided(name, values):
        measures[name] = [*values, values[1] - values[0]]

    harm = np.array([[total / count for total in totals] for count, *totals in users.values()])
    worst = [np.sort(harm[:, side])[::-1][: int(np.ceil(len(harm) / 10))].mean() for side in (0, 1)]
    sided("worst_decile", [float(value) for value in worst])
    sided("catalogue_coverage", [float(side.sum() / len(items)) for side in shown])
    sided("author_gini", [gini(side[offered]) for side in exposure])
    tops = []
    for side in exposure:
        ordered = np.sort(side[offered])[::-1]
        tops.append(float(ordered[: max(1, int(np.ceil(0.01 * len(ordered))))].sum() / ordered.sum()))
    sided("author_top_share", tops)
    seconds = time.perf_counter() - started
    print(json.dumps({"seconds": seconds, "candidates": done * per_request, "measures": measures}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
