/** What has to be said of a model to those who use it or answer for it. */
package io.jenkins.mlops.governance;
