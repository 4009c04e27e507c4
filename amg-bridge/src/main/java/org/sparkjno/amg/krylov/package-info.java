// SPDX-License-Identifier: Apache-2.0
/** Preconditioned Krylov methods and the report of how a solve ended. */
package org.sparkjno.amg.krylov;
