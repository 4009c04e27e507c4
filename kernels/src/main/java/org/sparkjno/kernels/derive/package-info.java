// SPDX-License-Identifier: Apache-2.0
/**
 * Derivatives of graphs: one linearisation per operation and one transpose per linear operation, from which all modes
 * follow; Taylor mode for derivatives in coordinates; rules of one's own.
 */
package org.sparkjno.kernels.derive;
