import zmq

class Broken:
    def start(self):
        try:
            self.socket.bind("tcp://*:5557")
        except Exception as e:
            print(e)
        if self.ready
            return {"a": 1}

def helper(x):
    return x + 1
