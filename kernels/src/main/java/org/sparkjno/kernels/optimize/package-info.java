// SPDX-License-Identifier: Apache-2.0
/** From a graph to an ordered list of fused kernels with planned memory. */
package org.sparkjno.kernels.optimize;
