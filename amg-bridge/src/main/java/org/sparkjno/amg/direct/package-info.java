// SPDX-License-Identifier: Apache-2.0
/** Direct solvers, for coarsest levels and small systems, safe on singular matrices. */
package org.sparkjno.amg.direct;
