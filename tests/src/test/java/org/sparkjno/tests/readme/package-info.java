// SPDX-License-Identifier: Apache-2.0
/** Whether what the README shows works as written. */
package org.sparkjno.tests.readme;
