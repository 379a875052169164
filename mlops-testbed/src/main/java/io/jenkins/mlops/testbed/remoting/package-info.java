/** Agents in this process: callables pass a serialisation round trip, files and processes are real. */
package io.jenkins.mlops.testbed.remoting;
