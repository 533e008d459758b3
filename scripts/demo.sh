#!/usr/bin/env bash
# Weigh the sample evaluation, write its whole report, and say where to look.
set -euo pipefail
cd "$(dirname "$0")/.."

out=build/demo
sample=examples/qiannan-2023
rm -rf "$out"
mkdir -p "$out"

# 0: everything holds; 1: done, and errors were found in the material, which is
# what the sample is for; 2 or more: it could not be carried out.
run() {
  local status=0
  .venv/bin/steelyard "$@" || status=$?
  [ "$status" -le 1 ] || exit "$status"
}
run evaluate "$sample" --out "$out"
run report "$sample" --out "$out"

# The same report with the misprints of the published one: what the doctor is for.
run report "$sample" --out "$out/faulty" --as-published --docx
run check "$out/faulty/report-as-published.docx" --out "$out/check" > "$out/check.txt"
echo
head -5 "$out/check.txt"

# A crash exits with 1 too: what was promised must be there.
for result in proof.html scores.xlsx report.docx report.html report.xlsx \
  check/checked.html check/findings.xlsx; do
  [ -s "$out/$result" ] || { echo "没有生成 $out/$result / it was not written" >&2; exit 2; }
done
pdf="同一份报告，PDF                    the same report as PDF"
# A machine without any Chinese font cannot print; the report command has said so.
[ -s "$out/report.pdf" ] || pdf="（本机没有中文字体，未生成）        not written: no Chinese font here"

cat <<END

请看 / Where to look:
  $out/report.docx   整份报告，Word                     the whole report in Word
  $out/report.pdf    $pdf
  $out/report.html   同一份报告，点开数字看来历         the same report, every figure a door to its proof
  $out/report.xlsx   附表，公式可以点开核对             its annex tables, with formulas that can be followed
  $out/proof.html    每个数的来龙去脉，用浏览器打开     where every number comes from; open in a browser
  $out/check/checked.html
                     体检：照原稿印错的一份，错在哪里   the doctor's page on a copy with the printed errors
  $out/scores.xlsx   评分表，公式可以点开核对           the score table, with live formulas
END
