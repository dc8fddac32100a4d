package io.carillon.mqtt.codec;

/** Which end of a connection we are: a server reads what clients send, and the reverse. */
public enum Side {
    SERVER,
    CLIENT
}
