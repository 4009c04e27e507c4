// SPDX-License-Identifier: Apache-2.0
/** Derivatives of graphs: one linearisation per operation, one transpose per linear operation. */
package org.sparkjno.kernels.derive;
