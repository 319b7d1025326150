"""Compares our Python package with the published one: they take turns at the same server.

python compare.py OUR_PYTHON PUBLISHED_PYTHON [--seconds S] [--rounds N] [--json FILE]
    [--page FILE]

ONLYAUTH_BINARY names the server.
"""

import argparse
import json
import os
import statistics
import subprocess
import tempfile
from pathlib import Path

# The actor of the server's own tests.
from server import Server

LOAD = Path(__file__).with_name("load.py")
THREADS, TASKS = 64, 1000
BEGIN = "<!-- Written by `scripts/bench python`. -->"
END = "<!-- End of what is written by `scripts/bench python`. -->"

# What takes turns: package, mode, calls in flight.
TURNS = [
    ("published", "sequential", 1),
    ("ours", "sequential", 1),
    ("published", "threads", THREADS),
    ("ours", "threads", THREADS),
    ("ours", "async", TASKS),
]


class Shop:
    """A client with an app, on a server that sheds nobody."""

    def __init__(self, server):
        created = server.cli("client", "create", "--name", "Shop")
        app = server.cli("app", "create", "--client", created["client_id"])
        self.environment = {
            **os.environ,
            "NO_PROXY": "*",
            "SERVER": server.url,
            "CLIENT": created["client_id"],
            "SECRET": created["api_secret"],
            "APP": app["id"],
        }


def turn(python, mode, seconds, in_flight, shop):
    done = subprocess.run(
        [python, LOAD, mode, str(seconds), str(in_flight)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=seconds + 120,
        env=shop.environment,
        check=False,
    )
    if done.returncode != 0:
        raise SystemExit(f"{mode} failed:\n{done.stderr}")
    return json.loads(done.stdout)


def measure(pythons, shop, seconds, rounds):
    """The median of each figure over the rounds, by package and mode."""
    results = {}
    for at in range(rounds):
        for package, mode, in_flight in TURNS:
            result = turn(pythons[package], mode, seconds, in_flight, shop)
            results.setdefault((package, mode), []).append(result)
            rate, peak = result["calls_per_second"], result["peak_mib"]
            print(
                f"round {at + 1}  {package:10} {mode:10} {rate:8.0f}/s  {peak:5.0f} MiB", flush=True
            )
    return {
        key: {name: statistics.median(one[name] for one in ones) for name in ones[0]}
        for key, ones in results.items()
    }


def figures(results):
    """Each target: what it is, what came out, and what it should be."""
    rate = {key: result["calls_per_second"] for key, result in results.items()}
    published = rate["published", "sequential"]
    return [
        (
            "one after another, of the published package's",
            rate["ours", "sequential"] / published,
            3,
        ),
        (
            "1,000 at once, of the published package's one after another",
            rate["ours", "async"] / published,
            10,
        ),
        (
            "1,000 at once, of our own one after another",
            rate["ours", "async"] / rate["ours", "sequential"],
            None,
        ),
    ]


def section(results):
    titles = {
        "sequential": "one after another",
        "threads": f"{THREADS} threads, one client",
        "async": f"asyncio, {TASKS:,} at once",
    }
    lines = [
        "| createAccessToken | published 0.0.3 | this package "
        "| peak memory, published | peak memory, this |"
    ]
    lines.append("|---|---|---|---|---|")
    for mode, title in titles.items():
        cells = [title]
        for unit, name, digits in (("/s", "calls_per_second", ",.0f"), (" MiB", "peak_mib", ".0f")):
            for package in ("published", "ours"):
                found = results.get((package, mode))
                cells.append(f"{found[name]:{digits}}{unit}" if found else "none")
        lines.append(f"| {' | '.join(cells)} |")
    lines += ["", "| ratio | measured | target |", "|---|---|---|"]
    for name, value, target in figures(results):
        missed = ", missed" if target and value < target else ""
        lines.append(
            f"| {name} | **{value:.1f}**{missed} | {f'at least {target}' if target else ''} |"
        )
    return "\n".join(lines)


def write(page, text):
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise SystemExit(f"{page} lacks the marks between which the section goes")
    page.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("ours")
    parser.add_argument("published")
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--page", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = {"ONLYAUTH_SERVER_ACCESS_TOKENS_PER_SECOND": "1000000"}
        server = Server(Path(folder) / "data", settings)
        try:
            pythons = {"ours": options.ours, "published": options.published}
            results = measure(pythons, Shop(server), options.seconds, options.rounds)
        finally:
            server.stop()
    text = section(results)
    print(f"\n{text}")
    if options.json:
        named = {f"{package} {mode}": result for (package, mode), result in results.items()}
        options.json.write_text(json.dumps(named, indent=2) + "\n", encoding="utf-8")
    if options.page:
        write(options.page, text)


if __name__ == "__main__":
    main()
