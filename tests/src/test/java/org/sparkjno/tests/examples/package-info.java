// SPDX-License-Identifier: Apache-2.0
/** Problems of the traced language from end to end, each with an independent reference; in full by hand, in short by the tests. */
package org.sparkjno.tests.examples;
