#!/bin/sh
# A job: it does its work, says so and ends.
echo "preparing for $FLOTILLA_FLEET"
sleep 0.2
echo "prepared"
