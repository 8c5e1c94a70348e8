# A model, or one of its negative controls: awk -v without=NAME -f variant.awk model.pv
# Without a defence, lines that end in "(*- NAME… *)" are gone and what stands in "(*+ NAME: … *)" is there instead. Lines
# of the name "controls" are so in every control: what makes a model too slow is not needed to find an attack.
function marked(names) { return index(" " names " ", " " without " ") || names == "controls" }
without != "" && match($0, /\(\*- [a-z0-9 -]+ \*\)$/) && marked(substr($0, RSTART + 4, RLENGTH - 7)) { next }
without != "" && match($0, /\(\*\+ [a-z0-9-]+:/) && marked(substr($0, RSTART + 4, RLENGTH - 5)) {
  sub(/\(\*\+ [a-z0-9-]+:/, "")
  sub(/ \*\)$/, "")
}
{ print }
