#!/bin/sh
# Throughput and pairs of `exolint abbreviations` against the PyPI package abbreviations 0.2.5
# (Schwartz and Hearst), on the same English text, in one run.
#
# usage: benches/abbreviations.sh TEXT...     (needs python3 with `pip install abbreviations==0.2.5`;
#        PYTHON and EXOLINT name other binaries; MEGABYTES the size of the text, 4 by default)
set -eu
exolint=${EXOLINT:-target/release/exolint}
python=${PYTHON:-python3}
megabytes=${MEGABYTES:-4}
[ $# -gt 0 ] || { echo "usage: $0 TEXT..." >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
exec "$python" - "$exolint" "$megabytes" "$work" "$@" <<'PYTHON'
import json, os, re, statistics, subprocess, sys

exolint, megabytes, work, *files = sys.argv[1:]
try:
    from abbreviations import schwartz_hearst
except ImportError:
    sys.exit("the package abbreviations is not installed: pip install abbreviations==0.2.5")

once = "\n\n".join(open(f, encoding="utf-8", errors="replace").read() for f in files)
size = int(float(megabytes) * 1_000_000)
text = once
while len(text) < size:
    text += "\n\n" + once
small, large = os.path.join(work, "once.txt"), os.path.join(work, "large.txt")
open(small, "w", encoding="utf-8").write(once)
open(large, "w", encoding="utf-8").write(text)

def ours(path):
    run = subprocess.run([exolint, "abbreviations", "--format", "json", path], capture_output=True, text=True)
    if run.returncode not in (0, 1):
        sys.exit(run.stderr)
    return json.loads(run.stdout)

def median(work, rounds):
    """Median seconds of processor time, of this process and its children: a busy machine does not count."""
    spent = lambda: sum(os.times()[:4])
    times = []
    for _ in range(rounds):
        start = spent()
        work()
        times.append(spent() - start)
    return statistics.median(times)

def quiet():
    subprocess.run([exolint, "abbreviations", large], stdout=subprocess.DEVNULL, check=False)

bytes_large = os.path.getsize(large)
mine = median(quiet, 5)
# the package reads line by line; blank lines part paragraphs as in the file
theirs = median(lambda: schwartz_hearst.extract_abbreviation_definition_pairs(file_path=large), 3)
print(f"text {bytes_large / 1e6:.1f} MB from {len(files)} files")
print(f"exolint abbreviations   {mine:7.3f} s  {bytes_large / mine / 1e6:7.2f} MB/s  (reading, zones, definitions and uses)")
print(f"abbreviations 0.2.5     {theirs:7.3f} s  {bytes_large / theirs / 1e6:7.2f} MB/s")
print(f"ratio {theirs / mine:.1f}; for extraction alone: cargo bench --bench extraction -- {' '.join(files)}")

level = lambda s: re.sub(r"[\W_]+", "", s.lower())
a = {(d["short"], level(d["long_en"])) for d in ours(small)["definitions"] if d["long_en"]}
b = {(s, level(l)) for s, l in schwartz_hearst.extract_abbreviation_definition_pairs(file_path=small).items()}
print(f"pairs: exolint {len(a)}, abbreviations {len(b)}, in both {len(a & b)}")
PYTHON
