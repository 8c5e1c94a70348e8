# Prints "PASSED FAILED" from a log of `hardhat test`. Its closing summary, "12 passing (3 mocha, 9 solidity)", counts the
# tests of all runners; where it is missing because the run broke off, the lines count that a runner printed itself.
{
  gsub(/\033\[[0-9;]*m/, "")
  sub(/\r$/, "")
}
/^ *[0-9]+ (passing|failing) \([0-9]+ [a-z]+(, [0-9]+ [a-z]+)*\)$/ { total[$2] += $1; summary = 1; next }
/^ *[0-9]+ (passing|failing)( \([0-9.]+(ms|s|m|h)\))?$/ { partial[$2] += $1 }
END {
  if (summary) print total["passing"] + 0, total["failing"] + 0
  else print partial["passing"] + 0, partial["failing"] + 0
}
