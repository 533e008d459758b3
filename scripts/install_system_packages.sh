#!/usr/bin/env bash
# Install what set-up and the tests need from the system. On Debian as root it
# installs; elsewhere it says what is missing, and fails if anything is.
set -euo pipefail

missing=()
python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
command -v make >/dev/null || missing+=(make)
command -v git >/dev/null || missing+=(git)
# LibreOffice recalculates the workbooks we write, to compare with our own values, and
# prints the Word reports. Its launcher alone is not enough: each part brings one.
soffice=$(command -v soffice || true)
has_part() { [ -n "$soffice" ] && [ -e "$(dirname "$(readlink -f "$soffice")")/$1" ]; }
has_part libsclo.so || missing+=(libreoffice-calc)
has_part libswlo.so || missing+=(libreoffice-writer)
# Chinese type for the PDFs.
command -v fc-list >/dev/null || missing+=(fontconfig)
[ -n "$(fc-list :lang=zh-cn 2>/dev/null)" ] || missing+=(fonts-noto-cjk)

if [ ${#missing[@]} -eq 0 ]; then
  echo "System packages: nothing is missing."
  exit 0
fi

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  echo "Please install (names as in Debian): ${missing[*]}" >&2
  exit 1
fi

echo "Installing: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
wait_for_lock=(-o DPkg::Lock::Timeout=600)
apt-get "${wait_for_lock[@]}" update --quiet=2
apt-get "${wait_for_lock[@]}" install --quiet=2 --yes --no-install-recommends "${missing[@]}"
