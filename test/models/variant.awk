# A model, or one of its negative controls: awk -v without=NAME -f variant.awk model.pv
# Without a defence, lines that end in "(*- NAME *)" are gone and what stands in "(*+ NAME: … *)" is there instead.
without != "" && match($0, /\(\*- [a-z0-9-]+ \*\)$/) && substr($0, RSTART + 4, RLENGTH - 7) == without { next }
without != "" && match($0, /\(\*\+ [a-z0-9-]+:/) && substr($0, RSTART + 4, RLENGTH - 5) == without {
  sub(/\(\*\+ [a-z0-9-]+:/, "")
  sub(/ \*\)$/, "")
}
{ print }
