// SPDX-License-Identifier: Apache-2.0
/** From kernels to readable C, as text for the CPU and for CUDA. */
package org.sparkjno.kernels.render;
