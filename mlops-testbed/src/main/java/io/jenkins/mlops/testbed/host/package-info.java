/** The host itself: start and stop, extensions, binding of forms, folders, threads, retention of builds. */
package io.jenkins.mlops.testbed.host;
