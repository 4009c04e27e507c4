/** Reproducible samples of known problems: random fields, discretisations and the solves behind them. */
package org.sparkjno.datasets.generate;
