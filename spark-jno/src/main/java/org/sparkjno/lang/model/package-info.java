// SPDX-License-Identifier: Apache-2.0
/** Models as expressions call them: what their arguments mean, and how their parameters are trained. */
package org.sparkjno.lang.model;
