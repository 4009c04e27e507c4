// SPDX-License-Identifier: Apache-2.0
/** Whole training runs: on executor processes, and across kills. */
package org.sparkjno.tests.training;
