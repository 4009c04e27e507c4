// SPDX-License-Identifier: Apache-2.0
/** Rules on who may import whom, and on how packages and classes are named. */
package org.sparkjno.tests.architecture;
