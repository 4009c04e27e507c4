// SPDX-License-Identifier: Apache-2.0
/** Functions written in terms of the operations of a graph, so that they have every derivative and run on every device. */
package org.sparkjno.kernels.function;
