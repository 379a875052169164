/** Compares the doubles, member by member, with the real classes in a folder of Jenkins jars. */
package io.jenkins.mlops.testbed.conformance;
