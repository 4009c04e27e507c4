// SPDX-License-Identifier: Apache-2.0
/** Where matrices of derivatives may differ from zero, and how few directions determine their entries. */
package org.sparkjno.kernels.sparsity;
