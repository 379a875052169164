/**
 * Windows over prediction logs: which rows are new, which window they belong to, and what a closed window shows. Runs on
 * an agent beside the logs with nothing but the JDK.
 */
package io.jenkins.mlops.monitor.window;
