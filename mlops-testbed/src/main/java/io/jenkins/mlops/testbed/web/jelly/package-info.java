/** Pages: Jelly with what a controller adds to it, escaping, texts, tag libraries and looking up of views. */
package io.jenkins.mlops.testbed.web.jelly;
