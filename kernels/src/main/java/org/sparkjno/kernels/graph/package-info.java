// SPDX-License-Identifier: Apache-2.0
/** Tensor graphs: values, operations, shapes, and their text. */
package org.sparkjno.kernels.graph;
