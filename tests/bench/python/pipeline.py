"""The replay of two releases in Python, the peer that `npm run bench -- replay` measures against.

    python3 pipeline.py SNAPSHOT BASELINE CANDIDATE TOP_K THREADS

BASELINE and CANDIDATE are folders with layers.json and layers.bin, as tests/bench/python.ts writes them. Reads the
snapshot with sqlite3, infers with torch, ranks and measures with numpy, many requests at a time; every request must
have the same number of candidates, and there are no multipliers, filters or diversity. It makes what a replay makes
without intervals: every measure, kinds of items, reliability and AUC of heads, estimates from the log, the outcome of
each request and a digest over all of them. Left out: ranking some requests again. Prints one JSON document.
"""

import hashlib
import json
import sqlite3
import sys
import time
from datetime import datetime

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
    return hidden, heads, biases, np.array([weight for _, weight in described["heads"]], dtype=np.float64), names


def infer(model, features):
    hidden, heads, biases, *_ = model
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
    rbo = np.maximum(0, rbo)
    means.add("rbo", rbo)
    other = np.take_along_axis(places[1], a, axis=1)
    common = other < k
    n = common.sum(axis=1)
    turned = (other[:, :, None] > other[:, None, :]) & common[:, :, None] & common[:, None, :]
    discordant = np.triu(turned, 1).sum(axis=(1, 2))
    with np.errstate(invalid="ignore", divide="ignore"):
        means.add("kendall_tau", np.where(n < 2, np.nan, 1 - 4 * discordant / (n * (n - 1))))
    moves = np.where(common, np.abs(other - ranks), 0)
    changed = (a[:, 0] != b[:, 0]).astype(float)
    largest = moves.max(axis=1)
    means.add("first_changed", changed)
    means.add("largest_move", largest.astype(float))
    means.add("mean_move", moves.sum(axis=1) / np.maximum(1, n))
    return shared[:, -1] / k, rbo, changed, largest


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


AGES = ["under a day", "a day to a week", "a week to a month", "a month to a year", "over a year"]
DAY = 86_400_000
BINS = 15


def milliseconds(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp() * 1000


class Kinds:
    """Shares of the candidates, and of the exposure of both feeds, that fall to the kinds of one attribute."""

    def __init__(self, attribute, names):
        self.attribute, self.names = attribute, names
        self.sums = np.zeros((3, len(names)))
        self.requests = np.zeros(len(names))

    def add(self, codes, feeds):
        """codes [requests, candidates], −1 none; feeds of candidate indexes [requests, k]."""
        n, candidates = codes.shape
        size = len(self.names)
        known = codes >= 0
        rows = np.nonzero(known)[0] * size + codes[known]
        counts = np.bincount(rows, minlength=n * size).reshape(n, size)
        self.requests += (counts > 0).sum(axis=0)
        self.sums[0] += counts.sum(axis=0) / candidates
        for side, feed in enumerate(feeds):
            shown = np.take_along_axis(codes, feed, axis=1)
            worth = 1 / np.log2(np.arange(2, feed.shape[1] + 2))
            weights = np.broadcast_to(worth / worth.sum(), shown.shape)
            seen = shown >= 0
            self.sums[1 + side] += np.bincount(shown[seen], weights=weights[seen], minlength=size)

    def measures(self, k, requests):
        rows, met = {}, [at for at in range(len(self.names)) if self.requests[at] > 0]
        supply, *sides = self.sums / requests
        for at in met:
            rows[f"exposure@{k}:{self.attribute}={self.names[at]}"] = [side[at] for side in sides]
            rows[f"exposure_ratio@{k}:{self.attribute}={self.names[at]}"] = [side[at] / supply[at] for side in sides]
        held = [at for at in met if self.requests[at] >= 100]
        if len(held) >= 2:
            ratios = [side[held] / supply[held] for side in sides]
            rows[f"exposure_parity@{k}:{self.attribute}"] = [float(ratio.min() / ratio.max()) for ratio in ratios]
        return rows


# Scores are told apart by 1 part in 512 of how far they are from the nearer of 0 and 1, down to 2^-32.
LEAST_SCORE = (0x3F800000 >> 14) - 32 * 512
LAST_SCORE = 2 * 33 * 512 - 1


class Head:
    """What a head predicted for candidates of which users said something."""

    def __init__(self):
        self.predicted, self.observed = [], []

    def add(self, predicted, answers):
        seen = ~np.isnan(answers)
        self.predicted.append(predicted[seen])
        self.observed.append(answers[seen] >= 0.5)

    def quality(self):
        p, positive = np.clip(np.concatenate(self.predicted), 0, 1), np.concatenate(self.observed)
        high = p > 0.5
        near = np.where(high, np.float32(1) - p, p).view(np.uint32) >> 14
        near = np.maximum(near.astype(np.int64) - LEAST_SCORE, 0)
        scores = np.where(high, LAST_SCORE - near, near)
        size = int(scores.max()) + 1
        up = np.bincount(scores[positive], minlength=size)
        down = np.bincount(scores[~positive], minlength=size)
        below = np.cumsum(down) - down
        area = float((up * (below + down / 2)).sum() / (up.sum() * down.sum()))
        wide = p.astype(np.float64)
        bins = np.minimum(BINS - 1, np.floor(wide * BINS)).astype(int)
        count = np.bincount(bins, minlength=BINS)
        predicted = np.bincount(bins, weights=np.round(wide * 2**30), minlength=BINS) / 2**30
        observed = np.bincount(bins, weights=positive, minlength=BINS)
        return area, float(np.abs(observed - predicted).sum() / count.sum())


CLIP = 1000


def taken_instead(places, ranks):
    """At each logged place of each request the rank of the best candidate that is not logged above it."""
    n, candidates = ranks.shape
    shown = places.max(axis=1) + 1
    deepest = int(shown.max())
    logged = np.full((n, deepest), -1)
    row, index = np.nonzero(places >= 0)
    logged[row, places[row, index]] = index
    never = np.where(places >= 0, candidates, ranks).min(axis=1)
    own = np.where(logged >= 0, np.take_along_axis(ranks, np.maximum(logged, 0), axis=1), candidates)
    left = np.minimum.accumulate(own[:, ::-1], axis=1)[:, ::-1]
    return logged, own, np.minimum(left, never[:, None])


class Estimates:
    """What a ranker would have earned of one signal, estimated from the log."""

    def __init__(self):
        self.sums = np.zeros(7)

    def add(self, reward, propensity, target, expected):
        raw = target / propensity
        weight = np.minimum(raw, CLIP)
        clipped = (raw > CLIP).sum()
        direct = doubly = 0.0
        if expected is not None:
            logged, instead = expected
            direct, doubly = instead.sum(), (instead + weight * (reward - logged)).sum()
        self.sums += [len(reward), clipped, weight.sum(), (weight**2).sum(), (weight * reward).sum(), direct, doubly]

    def values(self):
        actions, clipped, weights, squares, ips, direct, doubly = self.sums
        thin = weights**2 / squares < 100 or clipped / actions > 0.01 or abs(weights / actions - 1) > 0.2
        return None if thin else {"ips": ips / actions, "snips": ips / weights, "dm": direct / actions, "dr": doubly / actions}


def outcomes(ids, item_ids, feeds, candidates, numbers, labelled, ndcg):
    """The outcome of each request as a line of JSON."""
    texts = [np.take_along_axis(item_ids, feed, axis=1).astype(str).tolist() for feed in feeds]
    overlap, rbo, changed, largest = (values.tolist() for values in numbers)
    marked = [np.take_along_axis(labelled, feed, axis=1).sum(axis=1).tolist() for feed in feeds]
    gain = [values.tolist() for values in ndcg]
    for at, request in enumerate(ids):
        yield json.dumps(
            {
                "baseline": texts[0][at],
                "candidate": texts[1][at],
                "candidates": candidates,
                "firstChanged": changed[at] == 1,
                "labelled": {"baseline": marked[0][at], "candidate": marked[1][at]},
                "largestMove": largest[at],
                "ndcg": None if gain[0][at] != gain[0][at] else {"baseline": gain[0][at], "candidate": gain[1][at]},
                "overlap": overlap[at],
                "rbo": rbo[at],
                "requestId": str(request),
            },
            separators=(",", ":"),
        )


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

    items = database.execute(
        "SELECT item_id, author_id, category, language, uploaded_at FROM item ORDER BY item_id"
    ).fetchall()
    item_ids, item_authors, item_categories, item_languages, uploads = (list(column) for column in zip(*items))
    item_ids = np.array(item_ids)

    def numbered(values):
        names = sorted({value for value in values if value is not None})
        of = {name: at for at, name in enumerate(names)}
        return names, np.array([of.get(value, -1) for value in values])

    author_of, authors = numbered(item_authors)
    category_names, categories = numbered(item_categories)
    language_names, languages = numbered(item_languages)
    uploaded = np.array([np.nan if upload is None else milliseconds(upload) for upload in uploads])
    kinds = [Kinds("item.category", category_names), Kinds("item.language", language_names), Kinds("item.age", AGES)]
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
    place_worth = np.round(1 / np.log2(np.arange(2, k + 2)) * 2**30) / 2**30
    done = 0
    digest = hashlib.sha256()
    heads_of = [
        {signal: model[4].index(name) for signal, (name, kind, _) in enumerate(signals) if kind == "binary" and name in model[4]}
        for model in models
    ]
    quality = [{signal: Head() for signal in heads} for heads in heads_of]
    rewards = sorted(positive + harmful)
    estimates = {signal: (Estimates(), Estimates()) for signal in rewards}
    shown_rows = database.cursor().execute(
        "SELECT logged_position, propensity, request_id, ordinal FROM candidate WHERE logged_position IS NOT NULL"
        " ORDER BY request_id, ordinal"
    )
    waiting_shown = []
    requests = database.execute(
        "SELECT user_id, candidate_count, features, feedback, request_id, requested_at FROM request ORDER BY request_id"
    )
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
        orders = []
        for model, heads in zip(models, outputs):
            scores = score(heads, model[3]).reshape(n, per_request)
            orders.append(np.lexsort((ids, -scores), axis=1))
        feeds = [order[:, :k] for order in orders]

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
        numbers = compare(feeds[0], feeds[1], per_request, depths, means)
        both = [of_feed(feed, known, depths) for feed in feeds]
        for name in both[0]:
            means.add(name, both[0][name], both[1][name])
        for at, label in enumerate(labels):
            marked = carries[at][index]
            met[at] |= marked.any()
            of = [np.take_along_axis(marked, feed, axis=1) for feed in feeds]
            for depth in depths:
                means.add(f"prevalence@{depth}:{label}", of[0][:, :depth].mean(axis=1), of[1][:, :depth].mean(axis=1))

        request_ids = [row[4] for row in waiting]
        asked = np.array([milliseconds(row[5]) for row in waiting])
        days = (asked[:, None] - uploaded[index]) / DAY
        ages = np.where(np.isnan(days), -1, np.searchsorted([1, 7, 30, 365], days, side="right"))
        for kind, codes in zip(kinds, (known["category"], languages[index], ages)):
            kind.add(codes, feeds)

        for side, heads in enumerate(heads_of):
            for signal, head in heads.items():
                quality[side][signal].add(outputs[side][:, head], feedback[:, :, signal].reshape(-1))

        row_of = {request: at for at, request in enumerate(request_ids)}
        last = request_ids[-1]
        while not waiting_shown or waiting_shown[-1][2] <= last:
            more = shown_rows.fetchmany(ROWS)
            if not more:
                break
            waiting_shown += more
        own = [row for row in waiting_shown if row[2] <= last]
        waiting_shown = waiting_shown[len(own) :]
        if own:
            positions, propensities, asked_by, ordinals = (list(column) for column in zip(*own))
            rows_shown = np.array([row_of[request] for request in asked_by])
            order_shown = np.lexsort((positions, rows_shown))
            rows_shown, ordinals = rows_shown[order_shown], np.array(ordinals)[order_shown]
            starts = np.searchsorted(rows_shown, rows_shown)
            places = np.full((n, per_request), -1)
            places[rows_shown, ordinals] = np.arange(len(rows_shown)) - starts
            chances = np.full((n, per_request), np.nan)
            chances[rows_shown, ordinals] = np.array(propensities, dtype=np.float64)[order_shown]
            for side, order in enumerate(orders):
                ranks = np.empty_like(order)
                np.put_along_axis(ranks, order, np.broadcast_to(np.arange(per_request), order.shape), axis=1)
                logged, own_rank, instead = taken_instead(places, ranks)
                at = np.maximum(logged, 0)
                chance = np.where(logged >= 0, np.take_along_axis(chances, at, axis=1), np.nan)
                taken = np.take_along_axis(order, np.minimum(instead, per_request - 1), axis=1)
                for signal in rewards:
                    answer = np.take_along_axis(feedback[:, :, signal], at, axis=1)
                    action = ~np.isnan(chance) & ~np.isnan(answer)
                    expected = None
                    if signal in heads_of[0]:
                        model_says = outputs[0][:, heads_of[0][signal]].reshape(n, per_request).astype(np.float64)
                        expected = [np.take_along_axis(model_says, of, axis=1)[action] for of in (at, taken)]
                    reward = (answer[action] >= 0.5).astype(np.float64)
                    target = (own_rank == instead)[action].astype(np.float64)
                    estimates[signal][side].add(reward, chance[action], target, expected)

        ndcg = [rows_of[f"ndcg@{k}"] for rows_of in both]
        lines = outcomes(request_ids, ids, feeds, per_request, numbers, any_label[index], ndcg)
        digest.update("".join(f"{line}\n" for line in lines).encode())

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
    for kind in kinds:
        for name, values in kind.measures(k, done).items():
            sided(name, [float(value) for value in values])
    for signal in quality[0].keys() & quality[1].keys():
        areas, errors = zip(*(side[signal].quality() for side in quality))
        sided(f"auc:{signals[signal][0]}", areas)
        sided(f"calibration_error:{signals[signal][0]}", errors)
    for signal, sides in estimates.items():
        values = [side.values() for side in sides]
        if None not in values:
            for name in ["ips", "snips"] + (["dm", "dr"] if signal in heads_of[0] else []):
                sided(f"{name}:{signals[signal][0]}", [float(side[name]) for side in values])
    outcome_digest = digest.hexdigest()
    seconds = time.perf_counter() - started
    print(json.dumps({"seconds": seconds, "candidates": done * per_request, "measures": measures, "digest": outcome_digest}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
