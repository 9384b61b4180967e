"""The shell: everything that touches the world. One message's path through it:

    webhooks.twilio.blueprint       checks the signature, reads the form: an `Inbound`
    receiving.receive               stores it, unique by the provider's id, rings, and Twilio gets its 200
    bell                            RQ on Redis, or the loop in this process: the same jobs either way
    jobs.run, jobs.take_turns       "take_turns" for one conversation, or several that were rung for together
    conversations.take_turns        takes every unread message that belongs together
    hearing.hear                    asks the world: `nlu` what it means, `places` where it is, `photos`
    dialogues.manager.take_turn     decides, touching nothing: a new `State` and effects
    effects.carry_out               one transaction: the state, the effects, the messages marked read
        service_requests.file       the case, routed; its department and the resident hear of it
        outbox.post                 what is to be said, in the same transaction
    delivery.deliver                claims, sends with no transaction open, marks, backs off; a worker's turn
                                    has claimed its reply already, and a worker marks several at once
    notice_delivery.deliver         the same for departments, several notices at once
    webhooks.twilio.TwilioChannel   speaks REST to the provider
    receipts.report                 the provider's receipts: delivered, or why not

`town.Town` holds what these functions need of the world; `app` builds it, `cli` runs it.
"""
