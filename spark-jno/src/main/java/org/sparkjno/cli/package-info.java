// SPDX-License-Identifier: Apache-2.0
/** The command line {@code jno}. */
package org.sparkjno.cli;
