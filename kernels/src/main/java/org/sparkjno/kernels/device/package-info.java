// SPDX-License-Identifier: Apache-2.0
/** What every device does: hold tensors, compile graphs, run them. */
package org.sparkjno.kernels.device;
