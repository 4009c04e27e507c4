// SPDX-License-Identifier: Apache-2.0
/** The residuals of well-known partial differential equations, ready to be minimised. */
package org.sparkjno.lang.equation;
