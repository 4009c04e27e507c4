// SPDX-License-Identifier: Apache-2.0
/** Problems: what is minimised, how it is compiled into one training step, and the run that comes of it. */
package org.sparkjno.lang.problem;
