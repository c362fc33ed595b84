# Writes ../fixtures/statistics/moderation.json: moderated variances of limma (squeezeVar), and R's quantiles and
# derivatives of the logarithm of the gamma function. Needs the package limma (r-bioc-limma).
suppressMessages(library(limma))
set.seed(20261130)
number <- function(x) ifelse(is.infinite(x), "null", format(x, digits = 17))
list_of <- function(x) paste0("[", paste(number(x), collapse = ","), "]")
cases <- c()
add <- function(...) cases <<- c(cases, paste0("{", paste(c(...), collapse = ","), "}"))
for (n in c(3, 5, 20, 200)) for (spread in c(0, 0.5, 2)) for (df in c(3, 18.7)) {
  dfs <- if (n == 20) runif(n, df / 2, df * 2) else rep(df, n)
  variances <- exp(rnorm(n, -5, spread)) * rchisq(n, dfs) / dfs
  s <- squeezeVar(variances, dfs)
  add('"of":"squeeze"', paste0('"variances":', list_of(variances)), paste0('"df":', list_of(dfs)),
      paste0('"prior":', number(s$var.prior)), paste0('"df_prior":', number(s$df.prior)), paste0('"post":', list_of(s$var.post)))
}
for (x in c(0.01, 0.5, 1, 1.5, 3.3, 7.3, 40, 1e4)) {
  add('"of":"digamma"', paste0('"x":', number(x)), paste0('"expected":', number(digamma(x))))
  add('"of":"trigamma"', paste0('"x":', number(x)), paste0('"expected":', number(trigamma(x))))
}
for (tail in c(0.4, 0.2, 0.025, 0.000125, 1e-9)) {
  add('"of":"normal_point"', paste0('"tail":', number(tail)), paste0('"expected":', number(qnorm(tail, lower.tail = FALSE))))
  for (df in c(1, 4, 18.7, 400)) {
    add('"of":"t_point"', paste0('"tail":', number(tail)), paste0('"df":', number(df)),
        paste0('"expected":', number(qt(tail, df, lower.tail = FALSE))))
  }
}
made <- sprintf('{"made_with":{"R": "%s", "limma": "%s"},"cases":[\n  %s\n]}\n',
                paste(R.version$major, R.version$minor, sep = "."), packageVersion("limma"), paste(cases, collapse = ",\n  "))
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
cat(made, file = file.path(here, "..", "fixtures", "statistics", "moderation.json"))
