# Makes bench/load's tables. A line is: load pair variant requests/s p50 p99 CPU; times in seconds,
# CPU in seconds per 10,000 requests. variants lists those in the third column, and ratios pairs of
# them: "on/off on/micrometer".

{
  if (!($1 in seen)) { seen[$1]; loads[++loadCount] = $1 }
  pairs[$1] = $2 > pairs[$1] ? $2 : pairs[$1]
  for (column = 4; column <= 7; column++) value[$1, $2, $3, column] = $column
}

END {
  variantCount = split(variants, variant, " ")
  print "| load | | requests/s | p50 ms | p99 ms | CPU s per 10,000 requests |"
  print "|---|---|---|---|---|---|"
  for (l = 1; l <= loadCount; l++)
    for (v = 1; v <= variantCount; v++)
      printf "| %s | %s | %s | %s | %s | %s |\n", loads[l], variant[v],
        spread(loads[l], variant[v], 4, 1, "%.0f"), spread(loads[l], variant[v], 5, 1e3, "%.2f"),
        spread(loads[l], variant[v], 6, 1e3, "%.2f"), spread(loads[l], variant[v], 7, 1, "%.2f")
  print "\n| load | ratio, pair by pair | requests/s | p50 | p99 | CPU per request |"
  print "|---|---|---|---|---|---|"
  ratioCount = split(ratios, ratio, " ")
  for (l = 1; l <= loadCount; l++)
    for (r = 1; r <= ratioCount; r++) {
      split(ratio[r], of, "/")
      printf "| %s | %s |", loads[l], ratio[r]
      for (column = 4; column <= 7; column++) printf " %s |", quotients(loads[l], of[1], of[2], column)
      print ""
    }
}

function spread(load, of, column, factor, format,    i, all) {
  for (i = 1; i <= pairs[load]; i++) all[i] = factor * value[load, i, of, column]
  return summary(all, pairs[load], format)
}

function quotients(load, one, other, column,    i, all) {
  for (i = 1; i <= pairs[load]; i++)
    all[i] = value[load, i, one, column] / value[load, i, other, column]
  return summary(all, pairs[load], "%.3f")
}

# The median, and between what it lies.
function summary(all, n, format,    i, j, moved, median) {
  for (i = 2; i <= n; i++) {
    moved = all[i]
    for (j = i - 1; j >= 1 && all[j] > moved; j--) all[j + 1] = all[j]
    all[j + 1] = moved
  }
  median = n % 2 ? all[(n + 1) / 2] : (all[n / 2] + all[n / 2 + 1]) / 2
  return sprintf("**" format "** (" format " – " format ")", median, all[1], all[n])
}
