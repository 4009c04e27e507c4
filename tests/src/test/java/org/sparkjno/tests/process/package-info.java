// SPDX-License-Identifier: Apache-2.0
/** Programs in processes of their own, for tests of what a user starts and an operator kills. */
package org.sparkjno.tests.process;
