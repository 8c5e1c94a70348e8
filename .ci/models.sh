#!/usr/bin/env bash
# The protocol's models: bash .ci/models.sh [record] [MODEL…]
# With ProVerif (on PATH, or where PROVERIF says) each model is proved again, and each of its negative controls, a model
# with one defence removed, must fail where its header says so and nowhere else; "record" writes down what came out.
# Without it, only the records are checked: that they are of the models as they are now, and say what is expected.
set -uo pipefail
cd "$(dirname "$0")/../test/models" || exit 1
proverif=${PROVERIF:-$(command -v proverif || true)}
record=
[ "${1:-}" = record ] && record=1 && shift
models=("$@")
[ "${#models[@]}" -gt 0 ] || models=(*.pv)
names=()
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

header() { awk -v key="$2" '/\*\)/ && NR > 1 { exit } $1 == key || $1 == key ":" { sub(/^ *[a-z]+:? /, ""); print }' "$1"; }
variant() { awk -v without="$2" -f variant.awk "$1"; }

# What should come out, a line for each query in its order: "claim NAME true". A control breaks what its line names; with
# a question mark, ProVerif proves it no more and finds no attack, or, as always for an equivalence, does not call it one.
expected() { # MODEL CONTROL
  local breaks=
  [ -z "$2" ] || breaks=" $(header "$1" control | sed -n "s/^$2: //p") "
  awk -v breaks="$breaks" '
    match($0, /\(\* claim [a-z0-9-]+/) { name = substr($0, RSTART + 9, RLENGTH - 9); print "claim", name, index(breaks, " " name " ") ? "false" : index(breaks, " " name "? ") ? "cannot be proved" : "true" }
    match($0, /\(\* reached [a-z0-9-]+/) { print "reached", substr($0, RSTART + 11, RLENGTH - 11), "false" }' "$1"
}

# What came out: ProVerif's summary, its verdicts in the order of the queries.
verdicts() { sed -n '/^Verification summary/,$p' | sed -nE 's/^( - )?(Query|Observational|Non-interference|Weak secret).* (is true|is false|cannot be proved)\.$/\3/p' | sed 's/^is //'; }

check() { # MODEL CONTROL
  local model=$1 control=$2 name libs=() lib began=$SECONDS report
  name=${model%.pv}${control:+.without-$control}
  report=records/$name.txt
  names+=("$report")
  mkdir -p "$work/$name"
  for lib in $(header "$model" uses); do
    variant "$lib.pvl" "$control" > "$work/$name/$lib.pvl"
    libs+=(-lib "$lib.pvl")
  done
  variant "$model" "$control" > "$work/$name/$model"
  (cd "$work/$name" && sha256sum -- *) > "$work/hashes"
  expected "$model" "$control" > "$work/expected"
  if [ -n "$proverif" ]; then
    (cd "$work/$name" && timeout "${MODEL_SECONDS:-1800}" "$proverif" "${libs[@]}" "$model") > "$work/output" 2>&1
    {
      "$proverif" --help 2>&1 | sed -n '1s/\. .*//p'
      echo "proverif ${libs[*]} $model"
      echo "$((SECONDS - began)) s"
      cat "$work/hashes"
      grep -m 1 '^A trace has been found' "$work/output"
      sed -n '/^Verification summary/,$p' "$work/output"
    } > "$work/report"
  else
    cp "$report" "$work/report" 2> "$work/output" || : > "$work/report"
  fi
  cut -d ' ' -f 1,2 "$work/expected" | paste -d ' ' - <(verdicts < "$work/report") > "$work/found"
  if ! diff <(sed -n '/^[0-9a-f]\{64\}  /p' "$work/report") "$work/hashes" ||
    ! diff "$work/expected" "$work/found"; then
    [ -z "$proverif" ] || tail -n 3 "$work/output" | cut -c 1-300
    echo "$name: FAILED ($((SECONDS - began)) s)"
    failed=$((failed + 1))
    return
  fi
  [ -z "$record" ] || [ -z "$proverif" ] || { mkdir -p records && cp "$work/report" "$report"; }
  echo "$name: as expected ($((SECONDS - began)) s)"
  passed=$((passed + 1))
}

[ -n "$proverif" ] || echo "no ProVerif here: the records alone are checked"
for model in "${models[@]}"; do
  check "$model" ""
  for control in $(header "$model" control | sed 's/:.*//'); do check "$model" "$control"; done
done
if [ "$#" -eq 0 ] && ! diff <(printf '%s\n' "${names[@]}" | sort) <(printf '%s\n' records/*.txt | sort); then
  echo "records: FAILED, these are of no model, or missing"
  failed=$((failed + 1))
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
