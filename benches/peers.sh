#!/usr/bin/env bash
# exolint with all rules against typos and ripgrep, on 2,000 generated reviews (40 MB): medians of
# several runs in one go, ratios, and whether time grows linearly with the number of files and with
# the length of one file.
#
# usage: benches/peers.sh [RUNS]      needs python3; typos (PyPI or cargo) and rg (Debian: ripgrep) are
#                                     compared when they are there
set -euo pipefail
cd "$(dirname "$0")/.."
RUNS=${1:-5}
EXOLINT=${EXOLINT:-target/release/exolint}
[ -x "$EXOLINT" ] || cargo build --release --quiet
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
for peer in typos rg; do
    command -v "$peer" >/dev/null || echo "absent: $peer (pip install typos; apt-get install ripgrep)"
done
EXOLINT=$(realpath "$EXOLINT") RUNS=$RUNS WORK=$WORK python3 - <<'PY'
import os, pathlib, resource, shutil, statistics, subprocess, sys, time

work, exolint, runs = pathlib.Path(os.environ["WORK"]), os.environ["EXOLINT"], int(os.environ["RUNS"])
seeds = [p.read_text(encoding="utf-8") for p in sorted(pathlib.Path("seeds").iterdir()) if p.suffix in (".txt", ".md")]

def review(n, size):
    """A review of about `size` bytes: the seeds' lines in turn, their numbers changed."""
    out, length, at = [], 0, n * 7
    while length < size:
        text = seeds[at % len(seeds)]
        line = text.replace("30~150", f"{20 + at % 30}~{100 + at % 100}").replace("2024", str(1990 + at % 35))
        out.append(line)
        length += len(line.encode())
        at += 1
    return "\n\n".join(out).encode()[:size].decode("utf-8", "ignore")

def make(name, files, size):
    folder = work / name
    folder.mkdir()
    for n in range(files):
        (folder / f"review-{n:05}.txt").write_text(review(n, size), encoding="utf-8")
    return folder

def cpu():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime

def median(command, repeat=runs):
    """Median seconds by the clock and of processor time: the second says more on a busy machine."""
    clock, processor = [], []
    for _ in range(repeat + 1):
        start, before = time.perf_counter(), cpu()
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        clock.append(time.perf_counter() - start)
        processor.append(cpu() - before)
        if done.returncode > 2 or done.returncode < 0:
            sys.exit(f"{command[0]} ended with {done.returncode}")
    return statistics.median(clock[1:]), statistics.median(processor[1:])  # the first run warms the cache

def ratio(ours, theirs):
    return f"{ours[0] / theirs[0]:.1f} times as long by the clock, {ours[1] / max(theirs[1], 1e-3):.1f} times of processor time"

check = [exolint, "check", "--isolated", "--format", "concise", "--lang", "en"]
all_files = make("all", 2000, 20_000)
megabytes = sum(p.stat().st_size for p in all_files.iterdir()) / 1e6
print(f"{len(list(all_files.iterdir()))} files, {megabytes:.1f} MB, median of {runs}, {os.cpu_count()} cores")
ours = median(check + [str(all_files)])
print(f"  exolint   {ours[0]:7.2f} s  {ours[1]:7.2f} s processor  {megabytes / ours[1]:6.1f} MB/s per core")
for name, command in (("typos", ["typos", "--isolated", str(all_files)]), ("rg", ["rg", "-c", "外泌体.*外泌体", str(all_files)])):
    if shutil.which(name) is None:
        print(f"  {name:<9} absent, not compared")
        continue
    theirs = median(command)
    print(f"  {name:<9} {theirs[0]:7.2f} s  {theirs[1]:7.2f} s processor   exolint takes {ratio(ours, theirs)}")

print("growth: twice the files or twice the length should take about twice as long")
half = median(check + [str(make("half", 1000, 20_000))])
print(f"  1,000 files {half[1]:6.2f} s   2,000 files {ours[1]:6.2f} s   factor {ours[1] / half[1]:.2f}")
one = median(check + [str(make("one", 1, 1_000_000))])
two = median(check + [str(make("two", 1, 2_000_000))])
print(f"  1 MB        {one[1]:6.2f} s   2 MB        {two[1]:6.2f} s   factor {two[1] / one[1]:.2f}")
PY
