// SPDX-License-Identifier: Apache-2.0
/** From kernels to readable C. */
package org.sparkjno.kernels.render;
