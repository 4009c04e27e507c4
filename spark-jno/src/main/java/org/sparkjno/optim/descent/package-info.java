// SPDX-License-Identifier: Apache-2.0
/** Quasi-Newton methods on the host, whose steps evaluate a loss as often as their line search asks. */
package org.sparkjno.optim.descent;
