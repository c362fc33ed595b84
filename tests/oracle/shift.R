# Reads "case side value count" lines, prints "case low high p" by wilcox.test of stagger against baseline.
# A case whose interval R cannot find (everything tied at every shift) is left out.
rows <- read.table(commandArgs(trailingOnly = TRUE)[1], header = TRUE)
for (case in unique(rows$case)) {
  side <- function(name) { r <- rows[rows$case == case & rows$side == name, ]; rep(r$value, r$count) }
  t <- tryCatch(
    suppressWarnings(wilcox.test(side("stagger"), side("baseline"), conf.int = TRUE, exact = FALSE, correct = TRUE)),
    error = function(e) { message("case ", case, ": ", conditionMessage(e)); NULL })
  if (!is.null(t)) cat(case, format(t$conf.int[1], digits = 17), format(t$conf.int[2], digits = 17), format(t$p.value, digits = 17), "\n")
}
