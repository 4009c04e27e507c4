// SPDX-License-Identifier: Apache-2.0
/** Singular systems: null spaces declared or found, and the minimum-norm solution beside them. */
package org.sparkjno.amg.nullspace;
