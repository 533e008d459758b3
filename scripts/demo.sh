#!/usr/bin/env bash
# Weigh the sample evaluation and say where to look.
set -euo pipefail
cd "$(dirname "$0")/.."

out=build/demo
rm -rf "$out"
mkdir -p "$out"

# 0: everything holds; 1: done, and errors were found in the material, which is
# what the sample is for; 2 or more: the evaluation could not be carried out.
status=0
.venv/bin/steelyard evaluate examples/qiannan-2023 --out "$out" || status=$?
[ "$status" -le 1 ] || exit "$status"

# A crash exits with 1 too: what was promised must be there.
for result in "$out/proof.html" "$out/scores.xlsx"; do
  [ -s "$result" ] || { echo "没有生成 $result / $result was not written" >&2; exit 2; }
done

cat <<END

请看 / Where to look:
  $out/proof.html    每个数的来龙去脉，用浏览器打开   where every number comes from; open in a browser
  $out/scores.xlsx   评分表，公式可以点开核对         the score table, with formulas that can be followed
END
