// SPDX-License-Identifier: Apache-2.0
/** From kernels to readable C, for processors and for CUDA devices. */
package org.sparkjno.kernels.render;
